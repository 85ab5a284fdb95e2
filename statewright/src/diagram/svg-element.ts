/** Builds SVG as text. All text from a definition or a history passes through `escapeXml`. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The characters that XML 1.0 cannot represent (section 2.2, Characters), and the other control characters. */
const NOT_XML = /[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text escaped for an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, '\uFFFD').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** An element with children that are already SVG; attributes are escaped, undefined ones omitted, numbers rounded. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([attribute, value]) =>
        ` ${attribute}="${typeof value === 'number' ? round(value) : escapeXml(value ?? '')}"`,
    )
    .join('');
  return children.length > 0 ? `<${name}${written}>${children.join('')}</${name}>` : `<${name}${written}/>`;
}

/** A `<text>` with its content escaped. */
export function text(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(content));
}

/** At most two decimals: enough for any screen, and the same on every platform. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}
