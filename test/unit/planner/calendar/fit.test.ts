import { describe, expect, test } from "vitest";
import type { WindowSpan } from "../../../../src/domain/schedule.ts";
import { type Block, fitIntoWindows, type PlacedBlock } from "../../../../src/planner/calendar/fit.ts";
import { windowSpans } from "../../../../src/planner/calendar/window-spans.ts";
import { calendarOf, utc } from "./calendars.ts";

const hour = 3600;

/** A span from one hour to another, both counted from 1970: small figures are easier to read. */
function span(from: number, to: number): WindowSpan {
  return { from: from * hour * 1000, to: to * hour * 1000, text: `hours ${from}-${to}` };
}

function blocksOf(...hours: readonly number[]): readonly Block[] {
  return hours.map((length, i) => ({ id: `xen-${i + 1}`, seconds: length * hour }));
}

function place(blocks: readonly Block[], spans: readonly WindowSpan[], notBefore = 0): readonly PlacedBlock[] {
  const fitted = fitIntoWindows({ blocks, spans, notBeforeMs: notBefore * hour * 1000 });
  if (!fitted.ok) throw new Error(fitted.message);
  return fitted.value;
}

/** `span: first hour-last hour`, for each block. */
function shortly(placed: readonly PlacedBlock[]): readonly string[] {
  return placed.map((one) => `${one.span}: ${one.fromMs / hour / 1000}-${one.toMs / hour / 1000}`);
}

const nights = [span(22, 28), span(46, 52), span(70, 76)];

describe("placing", () => {
  test("blocks follow one another without a pause, as long as the window has room", () => {
    expect(shortly(place(blocksOf(2, 1, 3), nights))).toEqual(["0: 22-24", "0: 24-25", "0: 25-28"]);
  });

  test("what does not fit the rest of a window begins the next one, whole", () => {
    expect(shortly(place(blocksOf(4, 3, 2), nights))).toEqual(["0: 22-26", "1: 46-49", "1: 49-51"]);
  });

  test("no later block overtakes one that waits, even if it would fit", () => {
    expect(shortly(place(blocksOf(4, 3, 1), nights))).toEqual(["0: 22-26", "1: 46-49", "1: 49-50"]);
  });

  test("plan seconds count on through the pauses between windows", () => {
    expect(place(blocksOf(4, 3, 2), nights).map(({ start }) => start / hour)).toEqual([0, 4, 7]);
  });

  test("a window that is too short for a block is passed over", () => {
    expect(shortly(place(blocksOf(5), [span(1, 3), span(22, 28)]))).toEqual(["1: 22-27"]);
  });

  test("in a window that is half over, only the rest of it counts", () => {
    expect(shortly(place(blocksOf(2, 2), nights, 25))).toEqual(["0: 25-27", "1: 46-48"]);
  });

  test("windows that are over are passed over", () => {
    expect(shortly(place(blocksOf(2), nights, 30))).toEqual(["1: 46-48"]);
  });

  test("a block of no length does not begin at the very end of a window", () => {
    expect(shortly(place(blocksOf(6, 0), nights))).toEqual(["0: 22-28", "1: 46-46"]);
  });

  test("no blocks need no windows", () => {
    expect(place([], [])).toEqual([]);
  });

  test("in the short night of the clock change less fits than in others", () => {
    const spans = windowSpans(calendarOf({}), utc("2027-03-26 12:00"), { count: 3 });

    const [first, second, third] = place(blocksOf(6, 3, 3), spans);

    expect([first?.span, second?.span, third?.span]).toEqual([0, 1, 2]);
    expect(third?.fromMs).toBe(utc("2027-03-28 20:00"));
  });
});

describe("refusals", () => {
  const refusalOf = (blocks: readonly Block[], spans: readonly WindowSpan[], notBefore = 0) =>
    fitIntoWindows({ blocks, spans, notBeforeMs: notBefore * hour * 1000 });

  test("refuses a block that is longer than every window, with its name, its length and the longest window", () => {
    expect(refusalOf(blocksOf(2, 7), [span(1, 3), ...nights])).toMatchObject({
      ok: false,
      reason: "no-window",
      message: "xen-2 takes 7 h in one piece, the longest window is 6 h (hours 22-28).",
      next: "make a window of the calendar longer",
    });
  });

  test("refuses by one second, and says so in figures that differ", () => {
    const [block] = blocksOf(6 + 1 / hour);

    expect(refusalOf(block ? [block] : [], nights)).toMatchObject({
      message: "xen-1 takes 6 h 1 min in one piece, the longest window is 6 h (hours 22-28).",
    });
  });

  test("refuses every block that is too long at once", () => {
    const refused = refusalOf(blocksOf(7, 1, 8), nights);

    expect(refused).toMatchObject({
      ok: false,
      message: "2 blocks of steps, each of one piece, take longer than every window.",
    });
    expect(refused.ok ? [] : refused.blockers?.map(({ where }) => where)).toEqual(["xen-1", "xen-3"]);
  });

  test("refuses a plan that needs more windows than there are", () => {
    expect(refusalOf(blocksOf(4, 4, 4, 4, 1), nights)).toMatchObject({
      ok: false,
      reason: "no-window",
      message: "The plan does not fit the 3 windows there are: 2 blocks from xen-4 on are left over, 5 h in all.",
    });
  });

  test("refuses a plan whose last block finds no window, and names it", () => {
    expect(refusalOf(blocksOf(4, 4), [span(22, 28)])).toMatchObject({
      message: "The plan does not fit the only window: xen-2 is left over, 4 h in all.",
    });
  });

  test("refuses a plan when no window opens at all", () => {
    expect(refusalOf(blocksOf(1), [])).toMatchObject({
      ok: false,
      reason: "no-window",
      message: "No window opens within 400 days.",
    });
  });

  test("refuses a plan when every window is over", () => {
    expect(refusalOf(blocksOf(1), nights, 80)).toMatchObject({ ok: false, reason: "no-window" });
  });

  test("refuses a block that only the part of the window already gone could have held", () => {
    expect(refusalOf(blocksOf(5), [span(22, 28)], 25)).toMatchObject({
      message: "xen-1 takes 5 h in one piece, the longest window is 3 h (hours 22-28).",
    });
  });
});
