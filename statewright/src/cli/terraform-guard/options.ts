import { UserError } from '../../user-error';
import { argumentsOf, type CommandLine, hasFlag, optionValues } from './command-line';

const ownShell = 'Run it in a shell without the exports of the local AWS.';

/** @throws UserError for options that name a state, or copy or delete one */
export function checkOptions(command: CommandLine): void {
  const { subcommand, inserted, rest } = command;
  const given = argumentsOf(command);
  for (const name of ['state', 'state-out', 'backup', 'backup-out']) {
    // `-backup=-` keeps no backup.
    if (optionValues(given, name).some((value) => value !== '-')) {
      throw new UserError(
        `Option -${name} names a file for a state.`,
        'Leave it out: local deployments have their own state.',
      );
    }
  }
  // Terraform finds a subcommand's words also in one argument with spaces.
  const word = rest.join(' ').trim().split(' ')[0];
  if (subcommand === 'state' && word === 'push') {
    throw new UserError('terraform state push would read a state that may be of real resources.', ownShell);
  }
  if ((subcommand === 'workspace' || subcommand === 'env') && word === 'delete') {
    throw new UserError(`terraform ${subcommand} delete would delete a state.`, ownShell);
  }
  if (subcommand !== 'init') return;
  for (const name of ['migrate-state', 'force-copy', 'from-module']) {
    if (hasFlag(given, name)) {
      throw new UserError(`Option -${name} copies what is not a local deployment's.`, ownShell);
    }
  }
  if (hasFlag(inserted, 'reconfigure')) {
    throw new UserError('TF_CLI_ARGS has -reconfigure.', 'Use it on the command line, or leave it out.');
  }
}
