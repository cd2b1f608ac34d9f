import { apiBaseUrl } from "./config";
import { refreshSession, session } from "./session";

interface Listeners {
  /** Something changed; so many are unread now. */
  onUnread: (unread: number) => void;
  /** Whether news comes by itself; while it does not, one has to ask. */
  onOpen: (isOpen: boolean) => void;
}

const SHORTEST_PAUSE = 2_000;
const LONGEST_PAUSE = 5 * 60_000;
/** The service sends a sign of life every 25 seconds; two of them may be lost. */
const LONGEST_SILENCE = 60_000;

/**
 * Hears of notifications as they come until the returned function is called; only while the page
 * is seen, for over HTTP/1.1 a browser has six connections to a service for all its tabs together.
 * Each new stream begins with the number, so what came meanwhile is told when the page is seen again.
 */
export function listenToNotifications(listeners: Listeners): () => void {
  let stop: AbortController | null = null;
  const close = () => {
    if (!stop) return;
    stop.abort();
    stop = null;
    listeners.onOpen(false);
  };
  const follow = () => {
    if (document.hidden) return close();
    // An expired session is the person's to renew; see `session`.
    if (stop || session.state() !== "signed_in") return;
    stop = new AbortController();
    void keepOpen(listeners, stop.signal);
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close();
  };
}

/**
 * The browser's own EventSource cannot send the access token, so the stream is read by hand. It
 * ends when the token runs out and is opened again with a new one; after failures with growing
 * pauses.
 */
async function keepOpen({ onUnread, onOpen }: Listeners, signal: AbortSignal): Promise<void> {
  let pause = SHORTEST_PAUSE;
  while (!signal.aborted) {
    const worked = await readStream(signal, onUnread, onOpen).catch(() => false);
    // Who stopped it has said so, and may have opened the next one already.
    if (signal.aborted) return;
    onOpen(false);
    if (session.state() !== "signed_in") return;
    pause = worked ? SHORTEST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
    await wait(pause, signal);
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function open(signal: AbortSignal): Promise<Response> {
  return await fetch(`${apiBaseUrl()}/api/v1/notifications/stream`, {
    headers: { Authorization: `Bearer ${session.token()}`, Accept: "text/event-stream" },
    signal,
  });
}

/** True when something came. Until the first bytes nobody knows whether something between would let news through. */
async function readStream(
  signal: AbortSignal,
  onUnread: (unread: number) => void,
  onOpen: (isOpen: boolean) => void,
): Promise<boolean> {
  const life = lifeOf(signal);
  let heard = false;
  try {
    let response = await open(life.signal);
    if (response.status === 401 && (await refreshSession())) response = await open(life.signal);
    if (!response.ok || !response.body) return false;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parse = eventParser(onUnread);
    for (;;) {
      const { value, done } = await reader.read();
      if (done || life.signal.aborted) return heard;
      life.sign();
      if (!heard) onOpen(true);
      heard = true;
      parse(value);
    }
  } catch {
    // The connection broke or fell silent; what came before is told already.
    return heard;
  } finally {
    life.end();
  }
}

/**
 * A signal that ends with `signal`, and by itself once there was no `sign` of life for `LONGEST_SILENCE`: a connection that
 * a router forgot stays open for hours and brings nothing.
 */
function lifeOf(signal: AbortSignal) {
  const own = new AbortController();
  const stop = () => own.abort();
  let timer = setTimeout(stop, LONGEST_SILENCE);
  signal.addEventListener("abort", stop);
  return {
    signal: own.signal,
    sign() {
      clearTimeout(timer);
      timer = setTimeout(stop, LONGEST_SILENCE);
    },
    end() {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    },
  };
}

/** Takes the pieces of a stream, wherever they are cut, and tells the numbers of its `unread` events. */
export function eventParser(onUnread: (unread: number) => void): (piece: string) => void {
  let rest = "";
  return (piece) => {
    const blocks = (rest + piece).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      const data = lines.find((line) => line.startsWith("data: "))?.slice("data: ".length);
      if (!lines.includes("event: unread") || !data) continue;
      const unread = unreadOf(data);
      if (unread !== undefined) onUnread(unread);
    }
  };
}

function unreadOf(data: string): number | undefined {
  try {
    const { unread } = JSON.parse(data) as { unread?: unknown };
    return typeof unread === "number" ? unread : undefined;
  } catch {
    return undefined;
  }
}
