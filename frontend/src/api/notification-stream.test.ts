import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventParser, listenToNotifications } from "./notification-stream";
import { session } from "./session";

function told(pieces: string[]): number[] {
  const numbers: number[] = [];
  const parse = eventParser((unread) => numbers.push(unread));
  for (const piece of pieces) parse(piece);
  return numbers;
}

describe("the stream of notifications", () => {
  const one = 'event: unread\ndata: {"unread":3}\n\n';

  it("is read wherever it is cut", () => {
    for (let cut = 0; cut <= one.length; cut++) {
      expect(told([one.slice(0, cut), one.slice(cut)])).toEqual([3]);
    }
  });

  it("may bring several events at once and signs of life between them", () => {
    expect(told([`${one}:\n\n${one.replace("3", "0")}`])).toEqual([3, 0]);
  });

  it("says nothing of what it does not know", () => {
    expect(told(["event: other\ndata: {}\n\n", "event: unread\ndata: {half\n\n"])).toEqual([]);
    expect(told([one.slice(0, -1)])).toEqual([]);
  });
});

describe("listening", () => {
  let isHidden = false;
  function look(away: boolean): void {
    isHidden = away;
    document.dispatchEvent(new Event("visibilitychange"));
  }
  const hidden = vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
  afterEach(() => {
    isHidden = false;
    hidden.mockClear();
    session.close();
    vi.unstubAllGlobals();
  });

  /** A service whose streams stay open and begin with the number of the stream. */
  function streams(): AbortSignal[] {
    const opened: AbortSignal[] = [];
    vi.stubGlobal("fetch", async (_: string, { signal }: { signal: AbortSignal }) => {
      opened.push(signal);
      const text = `event: unread\ndata: {"unread":${opened.length}}\n\n`;
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(text));
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      });
      return new Response(body);
    });
    return opened;
  }

  it("holds no connection while the page is hidden and counts anew when it is seen", async () => {
    session.open({ access_token: "t", token_type: "Bearer", expires_in: 900 });
    const opened = streams();
    const onUnread = vi.fn();
    const onOpen = vi.fn();
    const stop = listenToNotifications({ onUnread, onOpen });
    await vi.waitFor(() => expect(onUnread).toHaveBeenLastCalledWith(1));
    expect(onOpen).toHaveBeenLastCalledWith(true);

    look(true);
    expect(opened.map((signal) => signal.aborted)).toEqual([true]);
    // Nothing tells now: one has to ask.
    expect(onOpen).toHaveBeenLastCalledWith(false);

    look(false);
    await vi.waitFor(() => expect(onUnread).toHaveBeenLastCalledWith(2));
    expect(onOpen.mock.calls).toEqual([[true], [false], [true]]);

    stop();
    look(true);
    look(false);
    expect(opened.map((signal) => signal.aborted)).toEqual([true, true]);
  });

  it("begins when a page that was opened in the background is seen", async () => {
    session.open({ access_token: "t", token_type: "Bearer", expires_in: 900 });
    const opened = streams();
    const onUnread = vi.fn();
    isHidden = true;
    const stop = listenToNotifications({ onUnread, onOpen: () => undefined });
    expect(opened).toEqual([]);
    look(false);
    await vi.waitFor(() => expect(onUnread).toHaveBeenCalledWith(1));
    stop();
  });
});

describe("a stream that brings nothing", () => {
  const PULSE = 25_000;
  const encode = (text: string) => new TextEncoder().encode(text);
  /** Streams as the service opened them; what is sent over one, and how it ends. */
  let opened: { send: (text: string) => void; signal: AbortSignal }[] = [];

  beforeEach(() => {
    opened = [];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    session.open({ access_token: "t", token_type: "Bearer", expires_in: 900 });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    session.close();
  });

  function service(answer: (() => Response | Promise<Response>) | null = null): void {
    vi.stubGlobal("fetch", async (_: string, { signal }: { signal: AbortSignal }) => {
      if (answer) return answer();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          opened.push({ signal, send: (text) => controller.enqueue(encode(text)) });
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      });
      return new Response(body);
    });
  }

  function listen() {
    const onOpen = vi.fn();
    const onUnread = vi.fn();
    return { onOpen, onUnread, stop: listenToNotifications({ onOpen, onUnread }) };
  }

  it("leaves the asking on while it is refused, and tries again ever more rarely", async () => {
    let tries = 0;
    service(() => {
      tries += 1;
      return new Response(null, { status: 503 });
    });
    const { onOpen, stop } = listen();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onOpen).not.toHaveBeenCalledWith(true);
    expect(onOpen).toHaveBeenCalledWith(false);
    // After 4, 8, 16 and 32 seconds.
    expect(tries).toBe(5);
    stop();
  });

  it("is not called open before something came", async () => {
    service();
    const { onOpen, onUnread, stop } = listen();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(opened).toHaveLength(1);
    expect(onOpen).not.toHaveBeenCalledWith(true);
    opened[0]?.send('event: unread\ndata: {"unread":4}\n\n');
    await vi.advanceTimersByTimeAsync(0);
    expect(onOpen.mock.calls).toEqual([[true]]);
    expect(onUnread).toHaveBeenCalledWith(4);
    stop();
  });

  it("is given up when it falls silent, and comes back", async () => {
    service();
    const { onOpen, onUnread, stop } = listen();
    await vi.advanceTimersByTimeAsync(0);
    opened[0]?.send('event: unread\ndata: {"unread":1}\n\n');
    // Its pulse keeps it, however long nothing else comes.
    for (let minutes = 0; minutes < 10; minutes++) {
      await vi.advanceTimersByTimeAsync(PULSE);
      opened[0]?.send(":\n\n");
    }
    await vi.advanceTimersByTimeAsync(59_000);
    expect(onOpen.mock.calls).toEqual([[true]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(opened[0]?.signal.aborted).toBe(true);
    expect(onOpen.mock.calls).toEqual([[true], [false]]);

    await vi.advanceTimersByTimeAsync(2_000);
    expect(opened).toHaveLength(2);
    // Still asking: nobody knows yet whether this one is better.
    expect(onOpen.mock.calls).toEqual([[true], [false]]);
    opened[1]?.send('event: unread\ndata: {"unread":7}\n\n');
    await vi.advanceTimersByTimeAsync(0);
    expect(onOpen.mock.calls).toEqual([[true], [false], [true]]);
    expect(onUnread).toHaveBeenLastCalledWith(7);
    stop();
    expect(opened.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it("does not wait for an answer that never comes", async () => {
    const signals: AbortSignal[] = [];
    vi.stubGlobal(
      "fetch",
      (_: string, { signal }: { signal: AbortSignal }) =>
        new Promise((_, reject) => {
          signals.push(signal);
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    const { onOpen, stop } = listen();
    await vi.advanceTimersByTimeAsync(60_000 + 4_000);
    expect(signals).toHaveLength(2);
    expect(signals[0]?.aborted).toBe(true);
    expect(onOpen).not.toHaveBeenCalledWith(true);
    stop();
  });
});
