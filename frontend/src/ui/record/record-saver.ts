import { idempotencyKey } from "@/api/client";
import { ConnectionError, isProblem, ProblemError } from "@/api/problem";
import type { SetupRecord } from "@/api/setup/content";
import type { RecordKind } from "@/api/setup/kinds";
import { createRecord, getRecord, putRecord } from "@/api/setup/records";
import type { Versioned } from "@/api/versioned";
import { type MergeConflict, type Merged, merge3, sameContent } from "@/lib/merge3";
import type { SaveState } from "../autosave-state";
import { readStash, writeStash } from "./stash";

/** What two people wrote into one record, waiting for a decision. */
export interface PendingMerge<C> {
  merged: Merged<C>;
  theirs: Versioned<SetupRecord<C>>;
}

export interface SaverState<C> {
  values: C;
  /** The record as the service last gave it; null before the first save of a new one. */
  record: SetupRecord<C> | null;
  save: SaveState;
  /** Field errors of the last refusal, by path in the content. */
  errors: Record<string, string>;
  /** A refusal that is about no field. */
  problem: unknown;
  conflict: PendingMerge<C> | null;
  /** Who changed what meanwhile, joined without a question. */
  joined: { by: string; conflicts: MergeConflict[]; taken: string[][] } | null;
}

/** Quiet time after the last key before the text is sent. */
const PAUSE = 1_200;
const RETRY = 15_000;

/**
 * Keeps one open record in step with the service: saves after a pause, one request at a time,
 * against the version the person saw; joins other people's changes; keeps unsent text on the device.
 * It is plain code without React, so that its promises can be tested.
 */
export class RecordSaver<C extends object> {
  private state: SaverState<C>;
  private etag: string | null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inFlight: Promise<void> | null = null;
  private savedAt: Date | null = null;
  /** What was sent last and taken. The service writes some of it its own way (a phone number as
   * +62…); that is no reason to change a field under the person's hands, nor to send it again. */
  private taken: C | null = null;
  private readonly createKey = idempotencyKey();
  /** The first text of a new record, sent under that key; its answer may have been lost. */
  private firstSent: C | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly kind: RecordKind<C>,
    private readonly code: string,
    private readonly id: string,
    opened: Versioned<SetupRecord<C>> | null,
    private readonly onStored: (stored: SetupRecord<C>) => void = () => undefined,
  ) {
    const content = opened ? { ...kind.empty, ...opened.value.content } : kind.empty;
    this.etag = opened?.etag ?? null;
    this.state = {
      values: content,
      record: opened ? { ...opened.value, content } : null,
      save: { kind: "untouched" },
      errors: {},
      problem: null,
      conflict: null,
      joined: null,
    };
    this.takeStash();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): SaverState<C> => this.state;

  /** Changes the text; it is sent after a pause. */
  change = (update: (now: C) => C): void => {
    const values = update(this.state.values);
    this.become({ values, save: { kind: "changed" } });
    this.keepStash();
    this.plan(PAUSE);
  };

  /** Sends what is not sent yet, now. */
  flush = async (): Promise<void> => {
    clearTimeout(this.timer);
    if (this.state.conflict) return;
    if (!this.isDirty()) return this.settleUnchanged();
    if (this.inFlight) {
      await this.inFlight;
      return this.flush();
    }
    this.inFlight = this.send().finally(() => {
      this.inFlight = null;
    });
    await this.inFlight;
  };

  /** Ends a conflict with the document the person decided on. */
  settle = (decided: C): void => {
    const { conflict } = this.state;
    if (!conflict) return;
    this.adopt(conflict.theirs);
    this.become({ conflict: null, values: decided, save: { kind: "changed" } });
    this.keepStash();
    void this.flush();
  };

  /** Takes a version that was stored elsewhere, such as by archiving. */
  adopt = (stored: Versioned<SetupRecord<C>>): void => {
    this.etag = stored.etag;
    this.taken = null;
    this.become({ record: stored.value });
  };

  dismissJoined = (): void => this.become({ joined: null });

  stop = (): void => clearTimeout(this.timer);

  private become(part: Partial<SaverState<C>>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }

  private base(): C {
    return this.state.record?.content ?? this.kind.empty;
  }

  private isDirty(): boolean {
    const { values } = this.state;
    if (this.taken && sameContent(this.taken, values)) return false;
    return !sameContent(this.base(), values);
  }

  /** My text in the service's own writing, where I have not typed since it was taken. */
  private mine(): C {
    const { values } = this.state;
    return this.taken ? merge3(this.taken, values, this.base()).value : values;
  }

  /** What was changed was changed back: nothing is to be sent, and nothing is unsaved. */
  private settleUnchanged(): void {
    const { kind } = this.state.save;
    if (this.inFlight || kind === "untouched" || kind === "saved") return;
    const save: SaveState = this.savedAt
      ? { kind: "saved", at: this.savedAt }
      : { kind: "untouched" };
    this.become({ save, errors: {}, problem: null });
    this.keepStash();
  }

  private plan(after: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), after);
  }

  private keepStash(): void {
    const stash = this.isDirty()
      ? { version: this.state.record?.version ?? 0, base: this.base(), values: this.state.values }
      : null;
    writeStash(this.code, this.kind.key, this.id, stash);
  }

  private takeStash(): void {
    const stash = readStash<C>(this.code, this.kind.key, this.id);
    if (!stash) return;
    const { record } = this.state;
    if (stash.version === (record?.version ?? 0)) {
      this.state = { ...this.state, values: stash.values, save: { kind: "changed" } };
    } else if (record) {
      this.meet({ value: record, etag: this.etag }, stash.base, stash.values);
    }
    if (!this.state.conflict) this.plan(PAUSE);
  }

  private async send(): Promise<void> {
    const sent = this.state.values;
    this.become({ save: { kind: "saving" }, problem: null });
    if (!this.state.record) this.firstSent ??= sent;
    try {
      const stored = this.state.record
        ? await putRecord(this.kind, this.code, this.id, sent, this.etag)
        : await createRecord(this.kind, this.code, this.id, sent, this.createKey);
      this.adopt(stored);
      this.taken = sent;
      this.onStored(stored.value);
      this.savedAt = new Date();
      const save: SaveState = this.isDirty()
        ? { kind: "changed" }
        : { kind: "saved", at: this.savedAt };
      this.become({ errors: {}, save });
      this.keepStash();
      if (this.isDirty()) this.plan(PAUSE);
    } catch (error) {
      await this.refused(error);
    }
  }

  private async refused(error: unknown): Promise<void> {
    if (error instanceof ConnectionError) {
      this.become({ save: { kind: "waiting" } });
      this.plan(RETRY);
      return;
    }
    // Somebody wrote meanwhile; or a first answer was lost and the record is there, with what was
    // typed until then.
    const isThere = !this.state.record && isProblem(error, "idempotency_key_reused");
    if (isThere || isProblem(error, "stale")) {
      try {
        const theirs = await getRecord(this.kind, this.code, this.id);
        this.meet(theirs, (isThere && this.firstSent) || this.base(), this.mine());
        if (!this.state.conflict) this.plan(0);
      } catch (again) {
        this.become({ save: { kind: "waiting" }, problem: again });
      }
      return;
    }
    const errors = error instanceof ProblemError ? contentErrors(error) : {};
    this.become({ save: { kind: "refused" }, errors, problem: error });
  }

  /** Joins my text with a newer version; what cannot be joined becomes a question. */
  private meet(theirs: Versioned<SetupRecord<C>>, base: C, mine: C): void {
    const content = { ...this.kind.empty, ...theirs.value.content };
    const merged = merge3(base, mine, content);
    if (merged.conflicts.length > 0) {
      this.state = { ...this.state, values: mine };
      this.become({ save: { kind: "changed" }, conflict: { merged, theirs } });
      return;
    }
    this.adopt({ ...theirs, value: { ...theirs.value, content } });
    this.become({
      values: merged.value,
      save: { kind: "changed" },
      joined: { by: theirs.value.updated_by_name, conflicts: [], taken: merged.taken },
    });
    this.keepStash();
  }
}

/** Field errors by their path in the content; the service names them below `content`. */
function contentErrors(error: ProblemError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(error.fieldErrors()).map(([path, text]) => [
      path.replace(/^content\./, ""),
      text,
    ]),
  );
}
