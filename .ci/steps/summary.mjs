// Counts the tests in files of jest's JSON results, and fails if one failed or was skipped.
//   summary.mjs FILE…
import { readFileSync } from 'node:fs';

const runs = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
for (const { testResults } of runs)
  for (const { assertionResults } of testResults)
    for (const { status, fullName } of assertionResults)
      if (status === 'pending') console.log(`skipped: ${fullName}`);

const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
const [passed, failed, skipped] = ['numPassedTests', 'numFailedTests', 'numPendingTests'].map(sum);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed + skipped > 0 ? 1 : 0;
