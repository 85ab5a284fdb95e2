/** A jest reporter that prints the reasons of skipped tests at the end; `describeWith` puts them in the titles. */
module.exports = class SkipReporter {
  #config;

  constructor(config) {
    this.#config = config;
  }

  onRunComplete(_contexts, { testResults }) {
    const counts = new Map();
    for (const { status, fullName, ancestorTitles, title } of testResults.flatMap(
      (file) => file.testResults,
    )) {
      if (status !== 'pending') continue;
      const [reason] = [...ancestorTitles, title].flatMap(
        (part) => /\(skipped: (.*)\)$/.exec(part)?.[1] ?? [],
      );
      // `jest -t NAME` skips every test with another name.
      if (reason === undefined && this.#config.testNamePattern) continue;
      const key = reason ?? `without a reason: ${fullName}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (counts.size === 0) return;
    const lines = [...counts].map(([reason, count]) => `  ${String(count).padStart(3)}  ${reason}`);
    process.stderr.write(`\nSkipped tests\n${lines.join('\n')}\n`);
  }
};
