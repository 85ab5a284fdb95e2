/**
 * The program that `bin/guard/terraform` runs before Terraform: `main.ts GUARD-FOLDER NAME [ARGS]`. It prints a line for
 * the shell that sets the program and its arguments. Or it prints why Terraform is not run, and exits with 1.
 */
import { UserError } from '../../user-error';
import { quote } from '../shell';
import { realBinary } from './binary';
import { protect } from './protect';

const [guardFolder = '', name = '', ...args] = process.argv.slice(2);
try {
  const binary = realBinary(name, guardFolder, process.env);
  const given = protect(args, process.env, /tofu[^/]*$/.test(binary));
  process.stdout.write(`set -- ${[binary, ...given].map(quote).join(' ')}\n`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`statewright: ${name} was not run, to protect the state of real resources.\n`);
  process.stderr.write(`${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
  process.exitCode = 1;
}
