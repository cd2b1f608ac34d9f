import { afterEach, describe, expect, it, vi } from "vitest";
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
