import { expect, test } from "vitest";
import { forgetInvitation, keepInvitation, keptInvitation } from "./kept-invitation";

test("an invitation is kept in the tab until it is used", () => {
  expect(keptInvitation()).toBeUndefined();
  keepInvitation("kunci");
  expect(keptInvitation()).toBe("kunci");
  expect(localStorage.length).toBe(0);
  forgetInvitation();
  expect(keptInvitation()).toBeUndefined();
});
