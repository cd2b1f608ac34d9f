import { createRoute } from "@tanstack/react-router";
import { searchText } from "@/lib/search-text";
import { screen } from "./screen";
import { workspaceRoute } from "./workspace-root";

const inbox = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/pengumuman",
  component: screen(
    () => import("@/features/announcements/inbox-page"),
    "InboxPage",
    "announcements",
  ),
});

const announcement = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/pengumuman/$pengumuman",
  component: screen(
    () => import("@/features/announcements/announcement-page"),
    "AnnouncementPage",
    "announcements",
  ),
});

const sent = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/pengumuman",
  component: screen(
    () => import("@/features/announcements/sent-page"),
    "SentPage",
    "announcements",
  ),
});

const write = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/pengumuman/tulis",
  // The announcement that is corrected; none for a new one.
  validateSearch: (search): { ralat?: string } => ({ ralat: searchText(search.ralat) }),
  component: screen(
    () => import("@/features/announcements/write-page"),
    "WritePage",
    "announcements",
    "audience",
    "supervision",
  ),
});

const RECEIPTS = ["unopened", "unconfirmed"] as const;

const sentAnnouncement = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/pengumuman/$pengumuman",
  validateSearch: (search): { tampilkan?: (typeof RECEIPTS)[number] } => ({
    tampilkan: RECEIPTS.find((word) => word === search.tampilkan),
  }),
  component: screen(
    () => import("@/features/announcements/sent-announcement-page"),
    "SentAnnouncementPage",
    "announcements",
  ),
});

export const announcementRoutes = [inbox, announcement, sent, write, sentAnnouncement];
