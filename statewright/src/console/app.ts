import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { renderProblems } from './parts/problems';
import { CONSOLE, pathsAt, problemsPath, regionPath } from './paths';
import { problemPage, show } from './respond';
import { routes } from './routes';
import type { ConsoleSource } from './source';

/** Only this server's own files, and no inline scripts or styles. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The regions of an account. */
interface ConsoleRegions {
  /** Those that hold something, the default one first. */
  readonly names: () => readonly string[];
  readonly source: (region: string) => ConsoleSource;
}

/**
 * The console's pages as an app to mount: everything under `/console`, and a redirect from `/`.
 *
 * @param source of the default region
 * @param regions all regions (default: only that one)
 */
export function createConsole(main: ConsoleSource, regions?: ConsoleRegions): Hono {
  const links = () =>
    (regions?.names() ?? []).map((region) => ({
      region,
      href: pathsAt(region === main.region ? undefined : regionPath(region)).home,
    }));
  const source: ConsoleSource = regions ? { ...main, regions: links } : main;
  const app = new Hono({ strict: false });
  app.use(
    // `no-referrer` would remove the form's Origin header, which identifies requests from other sites.
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      referrerPolicy: 'same-origin',
      strictTransportSecurity: false,
    }),
  );
  app.get('/', (c) => c.redirect(pathsAt().home));
  const apps = new Map<string, Hono>();
  const appOf = ({ source: sourceOf }: ConsoleRegions, region: string) => {
    const base = regionPath(region);
    const made =
      apps.get(region) ??
      new Hono({ strict: false }).route(base, routes({ ...sourceOf(region), base, regions: links }));
    apps.set(region, made);
    return made;
  };
  app.all(`${CONSOLE}/regions/:region/*`, (c, next) => {
    const region = c.req.param('region');
    return regions?.names().includes(region) ? appOf(regions, region).fetch(c.req.raw) : next();
  });
  app.get(problemsPath, (c) => {
    c.header('cache-control', 'no-store');
    return c.html(renderProblems(source.problems?.() ?? []));
  });
  app.route(CONSOLE, routes(source));
  app.onError((error, c) => {
    if ('getResponse' in error && typeof error.getResponse === 'function') return error.getResponse();
    return show(c, source, problemPage(source, 'Something went wrong', error.message), 500);
  });
  app.notFound((c) =>
    show(c, source, problemPage(source, 'Not found', `The page ${c.req.path} does not exist`), 404),
  );
  return app;
}
