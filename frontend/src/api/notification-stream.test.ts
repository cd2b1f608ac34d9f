import { describe, expect, it } from "vitest";
import { eventParser } from "./notification-stream";

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
