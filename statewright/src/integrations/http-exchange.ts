import type { HttpResponse } from './http-response';
import type { HttpRequest } from './http-task';

/** The request of an HTTP Task, and the response that it got, if it got one. */
export interface HttpExchange {
  readonly request: HttpRequest;
  /** The request without what its connection adds. */
  readonly withoutSecrets: HttpRequest;
  readonly response?: HttpResponse;
}
