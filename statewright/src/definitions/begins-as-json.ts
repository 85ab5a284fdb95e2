/** Whether a typed text is read as JSON; any other is YAML. The editor in the console asks, too. */
export const beginsAsJson = (text: string): boolean => /^\s*(?:[{["]|$)/.test(text);
