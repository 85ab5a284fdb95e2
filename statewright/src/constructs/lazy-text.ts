import { type IResolvable, type IResolveContext, Token } from 'cdktf';
import { findReferences, resolvedAs, resolveText } from './resolve-tokens';

/**
 * A text that is made when the stack is synthesized. In addition to what CDKTF's `Lazy` does:
 *
 * - CDKTF resolves every value twice, first to find references to other stacks. For that, the tokens in the text are
 *   enough: it is only made the second time.
 * - It has no stack trace, which CDKTF records for each of its tokens.
 */
export class LazyText implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #tokens: () => Iterable<unknown>;
  readonly #make: (context: IResolveContext) => string;

  /**
   * @param tokens all tokens in the text
   * @param make makes the text
   */
  constructor(tokens: () => Iterable<unknown>, make: (context: IResolveContext) => string) {
    this.#tokens = tokens;
    this.#make = make;
  }

  resolve(context: IResolveContext): unknown {
    if (context.preparing) return findReferences(this.#tokens(), context);
    return resolvedAs(resolveText(this.#make(context), context), context);
  }

  toString(): string {
    return Token.asString(this);
  }
}
