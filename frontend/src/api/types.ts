import type { paths } from "./schema.gen";

/** Types of the API named by where they travel, so that screens do not depend on schema names. */
type Operation<P extends keyof paths, M extends string> = M extends keyof paths[P]
  ? paths[P][M]
  : never;

type JsonOf<T> = T extends { content: { "application/json": infer Body } } ? Body : never;

/** The body of a successful answer. */
export type Reply<P extends keyof paths, M extends string> =
  Operation<P, M> extends { responses: infer R }
    ? JsonOf<R[Extract<keyof R, 200 | 201 | 202>]>
    : never;

/** The body a request sends. */
export type Sent<P extends keyof paths, M extends string> =
  Operation<P, M> extends { requestBody: infer B } ? JsonOf<B> : never;

export type TokenPair = Reply<"/api/v1/auth/login", "post">;
export type Me = Reply<"/api/v1/me", "get">;
export type Membership = Me["memberships"][number];
export type Session = Reply<"/api/v1/me/sessions", "get">["items"][number];
export type InvitationPreview = Reply<"/api/v1/auth/invitation", "post">;
export type Region = Reply<"/api/v1/regions", "get">["items"][number];
export type District = Reply<"/api/v1/districts/{code}", "get">;
export type Member = Reply<"/api/v1/districts/{code}/members", "get">["items"][number];
export type Invitation = Reply<"/api/v1/districts/{code}/invitations", "get">["items"][number];
export type Role = Reply<"/api/v1/districts/{code}/roles", "get">["items"][number];
type StoredEvent = Reply<"/api/v1/districts/{code}/audit-events", "get">["items"][number];
/** An event of the trail. Which fields its contents have depends on the kind of thing. */
export type AuditEvent = Omit<StoredEvent, "before" | "after"> & {
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
};
export type Permission = Reply<"/api/v1/permissions", "get">["items"][number];
export type Registration = Reply<"/api/v1/registrations/{registration_id}", "get">;
export type RegistrationStatus = Registration["status"];
export type RegistrationCreate = Sent<"/api/v1/registrations", "post">;
export type RegistrationSummary = Reply<"/api/v1/oversight/registrations", "get">["items"][number];
