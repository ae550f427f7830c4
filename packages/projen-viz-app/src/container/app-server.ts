import { requireForm, requireThat } from '../validation';

/** How an app is served: the command of its container, and where its code starts. */
export class AppServer {
  /**
   * gunicorn, for WSGI apps: Flask, Django, and Dash by its `server`.
   *
   * It reads its settings from `gunicorn.conf.py`, if that is among the `sources` of the container.
   *
   * @param app module and variable, e.g. `app:app`, or `app:server` for Dash
   * @throws Error unless `app` has that form
   */
  public static wsgi(app: string): AppServer {
    return new AppServer('gunicorn', moduleOf(app), (port) => ['gunicorn', '--bind', `0.0.0.0:${port}`, app]);
  }

  /**
   * uvicorn, for ASGI apps: FastAPI, Starlette, Quart.
   *
   * @param app module and variable, e.g. `app:app`
   * @throws Error unless `app` has that form
   */
  public static asgi(app: string): AppServer {
    return new AppServer('uvicorn', moduleOf(app), (port) => [
      'uvicorn',
      '--host',
      '0.0.0.0',
      '--port',
      `${port}`,
      // Above the load balancer's idle timeout of 60 s, or it sends a request into a connection that is just being closed.
      '--timeout-keep-alive',
      '75',
      // As long as ECS waits before it kills, less what it takes to end.
      '--timeout-graceful-shutdown',
      '25',
      // Who reaches the port is the load balancer, which says whether the visitor came by HTTPS.
      '--forwarded-allow-ips',
      '*',
      app,
    ]);
  }

  /**
   * Streamlit.
   *
   * @param script path of the app, e.g. `app.py`
   * @throws Error unless `script` is the path of a Python file
   */
  public static streamlit(script: string): AppServer {
    requireForm(script, 'script', /^(?!\/|\.\.)[\w./-]+\.py$/, 'be the path of a Python file from the app folder');
    return new AppServer('streamlit', script, (port) => [
      'streamlit',
      'run',
      script,
      '--server.address=0.0.0.0',
      `--server.port=${port}`,
      '--server.headless=true',
      '--browser.gatherUsageStats=false',
    ]);
  }

  /**
   * Any other command.
   *
   * It must listen on every address (`0.0.0.0`) on the container's port, and end on SIGTERM.
   *
   * @param entryPoint path of the file that the app starts from, e.g. `serve.py`
   * @param command program and arguments, one an element
   * @throws Error unless `command` names a program and each element is one argument
   */
  public static command(entryPoint: string, command: string[]): AppServer {
    requireThat(
      command.length > 0 && !(command.length === 1 && /\s/.test(command[0])),
      'command',
      'have one argument an element',
      command,
    );
    return new AppServer(command[0], entryPoint, () => command);
  }

  private constructor(
    /** Program that serves the app. The lock file must install it, unless Python has it. */
    public readonly program: string,
    /** Module (`package.module`) or path (`app.py`) that the app starts from. */
    public readonly entryPoint: string,
    private readonly toCommand: (port: number) => string[],
  ) {}

  /**
   * Command of the container, one argument an element.
   *
   * @param port that the app listens on
   */
  public commandFor(port: number): string[] {
    return this.toCommand(port);
  }

  /** Files of which one must be there, from the app folder. */
  public get entryFiles(): string[] {
    if (this.entryPoint.endsWith('.py') || this.entryPoint.includes('/')) {
      return [this.entryPoint];
    }
    const path = this.entryPoint.replace(/\./g, '/');
    return [`${path}.py`, `${path}/__init__.py`];
  }

  /** First part of the path: what must be copied into the image at least. */
  public get topLevel(): string {
    const [path] = this.entryFiles;
    return path.split('/')[0];
  }
}

function moduleOf(app: string): string {
  const name = '[A-Za-z_]\\w*';
  requireForm(
    app,
    'app',
    new RegExp(`^${name}(\\.${name})*:${name}(\\(\\))?$`),
    "name a module and a variable, as in 'app:app'",
  );
  return app.split(':')[0];
}
