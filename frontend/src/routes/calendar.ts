import { createRoute } from "@tanstack/react-router";
import { screen } from "./screen";
import { workspaceRoute } from "./workspace-root";

const calendar = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/kalender",
  validateSearch: (search): { lewat?: true } => (search.lewat === true ? { lewat: true } : {}),
  component: screen(() => import("@/features/calendar/calendar-page"), "CalendarPage", "calendar"),
});

const event = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/kalender/$kegiatan",
  component: screen(() => import("@/features/calendar/event-page"), "EventPage", "calendar"),
});

const organised = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kalender",
  component: screen(
    () => import("@/features/calendar/organised-page"),
    "OrganisedPage",
    "calendar",
  ),
});

const newEvent = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kalender/baru",
  component: screen(
    () => import("@/features/calendar/event-form-page"),
    "NewEventPage",
    "calendar",
    "audience",
    "supervision",
  ),
});

const organisedEvent = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kalender/$kegiatan",
  component: screen(
    () => import("@/features/calendar/organised-event-page"),
    "OrganisedEventPage",
    "calendar",
    "export",
  ),
});

const changeEvent = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kalender/$kegiatan/ubah",
  component: screen(
    () => import("@/features/calendar/event-form-page"),
    "ChangeEventPage",
    "calendar",
    "audience",
    "supervision",
  ),
});

export const calendarRoutes = [calendar, event, organised, newEvent, organisedEvent, changeEvent];
