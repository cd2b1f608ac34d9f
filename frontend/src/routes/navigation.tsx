import {
  IconBuildingCommunity,
  IconBuildingStore,
  IconCalendarEvent,
  IconCertificate,
  IconChartBar,
  IconChecklist,
  IconDatabase,
  IconFileText,
  IconHeartHandshake,
  IconHistory,
  IconHome,
  IconMail,
  IconMap2,
  IconMapSearch,
  IconPackage,
  IconRocket,
  IconRoute,
  IconScale,
  IconShieldLock,
  IconSpeakerphone,
  IconUserCog,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { may } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { Membership } from "@/api/types";
import type { NavGroup, NavItem } from "@/features/shell/navigation";
import { COMPONENTS, type ComponentKey } from "@/lib/components";
import { componentLink } from "@/ui/record/record-link";

const ICON = { size: 22, "aria-hidden": true } as const;

/**
 * The navigation of a membership. Only screens that exist are listed: the components join the
 * group `preparation` and the data screens the group `data`, each with its route. A group without
 * entries is not drawn.
 */
export function navigationOf(membership: Membership | undefined, t: TFunction): NavGroup[] {
  if (!membership) return [personal(t)];
  if (membership.scope === "district" && membership.district_code) {
    return district(membership, membership.district_code, t);
  }
  return [
    {
      key: "oversight",
      items: [
        ...(may(membership, PERMISSION.oversightRead)
          ? [
              {
                key: "national",
                label: t("nav.national"),
                icon: <IconChartBar {...ICON} />,
                link: { to: "/pusat" as const },
                exact: true,
                onPhone: true,
              },
              ...(may(membership, PERMISSION.setupReview)
                ? [
                    {
                      key: "queue",
                      label: t("nav.queue"),
                      icon: <IconChecklist {...ICON} />,
                      link: { to: "/pusat/antrean" as const },
                      onPhone: true,
                    },
                  ]
                : []),
              {
                key: "districts",
                label: t("nav.districts"),
                icon: <IconMap2 {...ICON} />,
                link: { to: "/pusat/kabupaten" as const },
                onPhone: true,
              },
            ]
          : []),
        ...(may(membership, PERMISSION.oversightRead)
          ? [
              {
                key: "packages",
                label: t("nav.packages"),
                icon: <IconPackage {...ICON} />,
                link: { to: "/pusat/paket" as const },
              },
            ]
          : []),
        ...(may(membership, PERMISSION.announcementsManage)
          ? [
              {
                key: "announcements",
                label: t("nav.announcements"),
                icon: <IconSpeakerphone {...ICON} />,
                link: { to: "/pusat/pengumuman" as const },
              },
              {
                key: "calendar",
                label: t("nav.calendar"),
                icon: <IconCalendarEvent {...ICON} />,
                link: { to: "/pusat/kalender" as const },
              },
            ]
          : []),
        {
          key: "applications",
          label: t("nav.applications"),
          icon: <IconFileText {...ICON} />,
          link: { to: "/pusat/permohonan" },
          onPhone: true,
        },
        ...(may(membership, PERMISSION.oversightRead)
          ? [
              {
                key: "standards",
                label: t("nav.standards"),
                icon: <IconCertificate {...ICON} />,
                link: { to: "/pusat/standar" as const },
              },
            ]
          : []),
        ...(may(membership, PERMISSION.boundariesManage)
          ? [
              {
                key: "boundaries",
                label: t("nav.boundaries"),
                icon: <IconMapSearch {...ICON} />,
                link: { to: "/pusat/batas-wilayah" as const },
              },
            ]
          : []),
        ...(may(membership, PERMISSION.installationAuditRead)
          ? [
              {
                key: "audit",
                label: t("nav.audit"),
                icon: <IconHistory {...ICON} />,
                link: { to: "/pusat/jejak-audit" as const },
              },
            ]
          : []),
      ],
    },
    personal(t),
  ];
}

function district(membership: Membership, code: string, t: TFunction): NavGroup[] {
  const params = { code };
  const home: NavItem = {
    key: "home",
    label: t("nav.home"),
    icon: <IconHome {...ICON} />,
    link: { to: "/d/$code", params },
    exact: true,
    onPhone: true,
  };
  const announcements: NavItem = {
    key: "announcements",
    label: t("nav.announcements"),
    icon: <IconSpeakerphone {...ICON} />,
    link: { to: "/d/$code/pengumuman", params },
  };
  const calendar: NavItem = {
    key: "calendar",
    label: t("nav.calendar"),
    icon: <IconCalendarEvent {...ICON} />,
    link: { to: "/d/$code/kalender", params },
  };
  const members: NavItem = {
    key: "members",
    label: t("nav.members"),
    icon: <IconUsers {...ICON} />,
    link: { to: "/d/$code/anggota", params },
    onPhone: true,
  };
  const roles: NavItem = {
    key: "roles",
    label: t("nav.roles"),
    icon: <IconUserCog {...ICON} />,
    link: { to: "/d/$code/peran", params },
  };
  const profile: NavItem = {
    key: "profile",
    label: t("nav.profile"),
    icon: <IconBuildingStore {...ICON} />,
    link: { to: "/d/$code/profil", params },
  };
  const audit: NavItem = {
    key: "audit",
    label: t("nav.audit"),
    icon: <IconHistory {...ICON} />,
    link: { to: "/d/$code/jejak-audit", params },
  };
  const seesMembers = may(membership, PERMISSION.membersRead);
  return [
    { key: "start", items: [home, announcements, calendar] },
    {
      key: "preparation",
      label: t("nav.group_preparation"),
      items: may(membership, PERMISSION.setupRead) ? preparation(code, t) : [],
    },
    { key: "data", label: t("nav.group_data"), items: [] },
    {
      key: "settings",
      label: t("nav.group_settings"),
      items: [
        ...(may(membership, PERMISSION.districtUpdate) ? [profile] : []),
        ...(seesMembers ? [members, roles] : []),
        ...(may(membership, PERMISSION.auditRead) ? [audit] : []),
        ...personal(t).items,
      ],
    },
  ];
}

/**
 * The navigation of somebody who oversees a district and looks at its screens: the six components to read, what happened,
 * what was written. Neither members nor settings.
 */
export function visitorNavigation(membership: Membership, code: string, t: TFunction): NavGroup[] {
  if (!may(membership, PERMISSION.setupRead)) return [personal(t)];
  const params = { wilayah: code };
  return [
    {
      key: "start",
      items: [
        {
          key: "readiness",
          label: t("nav.readiness"),
          icon: <IconChartBar {...ICON} />,
          link: { to: "/pusat/kabupaten/$wilayah", params },
          exact: true,
          onPhone: true,
        },
      ],
    },
    { key: "preparation", label: t("nav.group_preparation"), items: components(code, t) },
    {
      key: "past",
      items: [
        {
          key: "history",
          label: t("nav.history"),
          icon: <IconHistory {...ICON} />,
          link: { to: "/pusat/kabupaten/$wilayah/riwayat", params },
          onPhone: true,
        },
        {
          key: "letters",
          label: t("nav.letters"),
          icon: <IconMail {...ICON} />,
          link: { to: "/pusat/kabupaten/$wilayah/surat", params },
          onPhone: true,
        },
      ],
    },
    personal(t),
  ];
}

/** The components of PKSAI. Icons are here, with the only screen that draws them. */
function components(code: string, t: TFunction): NavItem[] {
  const icon: Record<ComponentKey, ReactNode> = {
    regulation: <IconScale {...ICON} />,
    institution: <IconBuildingCommunity {...ICON} />,
    mechanism: <IconRoute {...ICON} />,
    services: <IconHeartHandshake {...ICON} />,
    staff: <IconUsersGroup {...ICON} />,
    data: <IconDatabase {...ICON} />,
  };
  return COMPONENTS.map((key) => ({
    key,
    label: t(`component.${key}`),
    icon: icon[key],
    link: componentLink(key, code),
  }));
}

function preparation(code: string, t: TFunction): NavItem[] {
  return [
    ...components(code, t),
    {
      key: "launch",
      label: t("nav.launch"),
      icon: <IconRocket {...ICON} />,
      link: { to: "/d/$code/tinjauan", params: { code } },
      onPhone: true,
    },
    {
      key: "packages",
      label: t("nav.packages"),
      icon: <IconPackage {...ICON} />,
      link: { to: "/d/$code/paket", params: { code } },
    },
    {
      key: "standard-change",
      label: t("nav.standard_change"),
      icon: <IconCertificate {...ICON} />,
      link: { to: "/d/$code/perubahan-standar", params: { code } },
    },
  ];
}

function personal(t: TFunction): NavGroup {
  return {
    key: "personal",
    items: [
      {
        key: "account",
        label: t("nav.account"),
        icon: <IconShieldLock {...ICON} />,
        link: { to: "/akun" },
        onPhone: true,
      },
    ],
  };
}
