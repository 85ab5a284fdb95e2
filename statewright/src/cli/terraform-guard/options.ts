import { UserError } from '../../user-error';
import { type CommandLine, hasFlag, optionValues } from './command-line';

const ownShell = 'Run it in a shell without the exports of the local AWS.';

/** @throws UserError for options that name a state, or copy or delete one */
export function checkOptions({ subcommand = '', inserted, rest }: CommandLine): void {
  const given = [...inserted, ...rest];
  for (const name of ['state', 'state-out', 'backup', 'backup-out']) {
    // `-backup=-` keeps no backup.
    if (optionValues(given, name).some((value) => value !== '-')) {
      throw new UserError(
        `Option -${name} names a file for a state.`,
        'Leave it out: local deployments have their own state.',
      );
    }
  }
  if ((subcommand === 'workspace' || subcommand === 'env') && rest[0] === 'delete') {
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
