import { isIPv4, isIPv6 } from 'node:net';
import { ExpressionError } from '../errors';
import { toNumber, toText, type Value } from '../value';
import type { Functions } from './function';

/** An address range; its addresses have `bits` bits, of which the first `prefix` are fixed. */
interface Network {
  readonly address: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

/** Terraform documentation, "IP Network Functions". */
export const networkFunctions: Functions = {
  cidrhost: ([range = null, number = null], place) => {
    const network = read(range, place);
    const host = BigInt(toNumber(number, place));
    const size = 1n << BigInt(network.bits - network.prefix);
    if (host >= size || host < -size)
      throw new ExpressionError(place, `cidrhost() found no host ${host} in the range`);
    return addressText(network.address + (host < 0 ? size + host : host), network.bits);
  },
  cidrnetmask: ([range = null], place) => {
    const { prefix, bits } = read(range, place);
    if (bits !== 32) throw new ExpressionError(place, 'cidrnetmask() needs an IPv4 range');
    return addressText(((1n << 32n) - 1n) ^ ((1n << BigInt(32 - prefix)) - 1n), bits);
  },
  cidrsubnet: ([range = null, newBits = null, number = null], place) => {
    const network = read(range, place);
    const prefix = network.prefix + toNumber(newBits, place);
    const subnet = BigInt(toNumber(number, place));
    if (prefix > network.bits || subnet >= 1n << BigInt(prefix - network.prefix))
      throw new ExpressionError(place, `cidrsubnet() found no subnet ${subnet} in the range`);
    return rangeText({
      ...network,
      prefix,
      address: network.address + (subnet << BigInt(network.bits - prefix)),
    });
  },
  cidrsubnets: ([range = null, ...newBits], place) => {
    const network = read(range, place);
    const end = network.address + (1n << BigInt(network.bits - network.prefix));
    let next = network.address;
    return newBits.map((bits) => {
      const prefix = network.prefix + toNumber(bits, place);
      const size = 1n << BigInt(network.bits - prefix);
      const address = ((next + size - 1n) / size) * size;
      next = address + size;
      if (next > end)
        throw new ExpressionError(place, 'cidrsubnets() found not enough addresses in the range');
      return rangeText({ ...network, prefix, address });
    });
  },
};

function read(value: Value, place: string): Network {
  const text = toText(value, place);
  const [, address = '', length] = /^(.*)\/(\d+)$/.exec(text) ?? [];
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  const prefix = Number(length);
  if (bits === undefined || !(prefix <= bits)) {
    throw new ExpressionError(place, `expected a range such as 10.0.0.0/16, found ${JSON.stringify(text)}`);
  }
  const free = BigInt(bits - prefix);
  return { address: (numberOf(address, bits) >> free) << free, prefix, bits };
}

function numberOf(address: string, bits: 32 | 128): bigint {
  if (bits === 32) return address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => text.split(':').filter((part) => part !== '');
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array(8 - first.length - last.length).fill('0');
  return [...first, ...zeros, ...last].reduce((sum, part) => (sum << 16n) + BigInt(`0x${part}`), 0n);
}

const rangeText = ({ address, prefix, bits }: Network) => `${addressText(address, bits)}/${prefix}`;

function addressText(address: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  ).join(':');
  // The longest run of zeros is written as :: (RFC 5952).
  const [longest] = [...groups.matchAll(/\b0(?::0)+\b/g)].sort(([a], [b]) => b.length - a.length);
  if (!longest) return groups;
  const before = groups.slice(0, longest.index).replace(/:$/, '');
  return `${before}::${groups.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}
