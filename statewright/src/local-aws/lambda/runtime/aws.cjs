'use strict';

/**
 * Keeps a function from reaching the real AWS by accident. An SDK finds the local AWS by AWS_ENDPOINT_URL; version 2 of
 * the SDK for JavaScript, and whoever makes requests on their own, do not know that variable.
 */

const dns = require('node:dns');
const { Module } = require('node:module');
const { runtimeMajor } = require('./errors.cjs');

/** The hosts of AWS's APIs, and not those of what users run there: databases, their own APIs, load balancers. */
const API_HOST =
  /^(?!.*\.(?:execute-api|lambda-url|elb|rds|docdb|neptune|cache|redshift|es|aoss|compute(?:-1)?)\.).*\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/i;

/** AWS's own variable for not using AWS_ENDPOINT_URL (SDKs and Tools Reference Guide, "Service-specific endpoints"). */
const isOff = () => process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true';

function guardAws() {
  refuseHosts();
  configureVersion2();
}

/** Refuses to look up the address of an API of AWS. Every client of Node.js looks it up here. */
function refuseHosts() {
  const lookup = dns.lookup;
  const guarded = (/** @type {any[]} */ ...args) => {
    const [host, callback] = [args[0], args.at(-1)];
    if (isOff() || typeof host !== 'string' || !API_HOST.test(host)) return Reflect.apply(lookup, dns, args);
    const error = new Error(
      `The local AWS does not let a function reach ${host}, which is the real AWS. Make the client with the endpoint of the variable AWS_ENDPOINT_URL.`,
    );
    process.nextTick(callback, Object.assign(error, { code: 'EACCES', hostname: host }));
  };
  Object.assign(dns, { lookup: Object.assign(guarded, lookup) });
}

/** Gives version 2 of the SDK the endpoint when it is loaded. */
function configureVersion2() {
  const loader = /** @type {any} */ (Module);
  const load = loader._load;
  loader._load = (/** @type {string} */ name, /** @type {any[]} */ ...others) => {
    const loaded = load(name, ...others);
    if (/^aws-sdk(\/|$)/.test(name) && process.env.AWS_ENDPOINT_URL !== undefined && !isOff()) {
      const { config } = load('aws-sdk/lib/core', ...others);
      config.endpoint ??= process.env.AWS_ENDPOINT_URL;
      config.s3ForcePathStyle = true;
      config.hostPrefixEnabled = false;
    }
    return loaded;
  };
}

/**
 * Says which package to install when a package of the runtime's SDK is missing here.
 * @param {unknown} error
 */
function explainMissingSdk(error) {
  if (!(error instanceof Error) || !('code' in error)) return;
  if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_MODULE_NOT_FOUND') return;
  const name = /^Cannot find (?:module|package) '((?:@aws-sdk|@smithy)\/[\w-]+|aws-sdk)/.exec(
    error.message,
  )?.[1];
  const isIncluded =
    name === 'aws-sdk' ? runtimeMajor <= 16 && error.code === 'MODULE_NOT_FOUND' : runtimeMajor >= 18;
  if (name === undefined || !isIncluded) return;
  error.message = `${error.message}\nThe runtime of AWS includes ${name}. To have it here, run: npm install --save-dev ${name}`;
}

module.exports = { explainMissingSdk, guardAws };
