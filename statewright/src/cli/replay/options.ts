import { didYouMeanOneOf } from '../../did-you-mean';
import { UserError } from '../../user-error';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../verify/replay/replay';

/** @throws UserError for a kind that does not exist */
export function allowedKinds(names: readonly string[]): ReadonlySet<DifferenceKind> {
  return new Set(
    names
      .flatMap((text) => text.split(','))
      .map((name) => {
        const kind = DIFFERENCE_KINDS.find((each) => each === name);
        if (kind !== undefined) return kind;
        throw new UserError(
          `--allow ${name}: this kind of difference does not exist.`,
          didYouMeanOneOf(name, DIFFERENCE_KINDS),
        );
      }),
  );
}
