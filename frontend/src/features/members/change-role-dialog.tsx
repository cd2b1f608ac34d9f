import { Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Member } from "@/api/types";
import { ifMatch, versioned } from "@/api/versioned";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";
import { RoleSelect } from "./role-select";

interface Props {
  code: string;
  member: Member;
  onDone: (message: string) => void;
  onClose: () => void;
}

/** Gives a member another role, against the version read when the dialog opened. */
export function ChangeRoleDialog({ code, member, onDone, onClose }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const [role, setRole] = useState(member.role_key);
  const path = { code, member_id: member.id };
  const opened = useQuery({
    queryKey: ["member", code, member.id],
    queryFn: async () =>
      versioned(
        await api.GET("/api/v1/districts/{code}/members/{member_id}", { params: { path } }),
      ),
    // One reading for one dialog: a later one would hide somebody else's change.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const change = useMutation({
    mutationFn: async () =>
      (
        await api.PATCH("/api/v1/districts/{code}/members/{member_id}", {
          params: { path, header: ifMatch(opened.data?.etag ?? null) },
          body: { role_key: role },
        })
      ).data,
    onSuccess: (changed) =>
      onDone(
        t("members.role_changed", {
          name: member.name,
          role: changed?.role_name ?? "",
        }),
      ),
    onError: (error) => {
      if (isProblem(error, "stale")) onDone(t("members.stale", { name: member.name }));
    },
  });

  return (
    <Dialog opened onClose={onClose} title={t("members.change_role_of", { name: member.name })}>
      <Stack>
        <ProblemAlert error={opened.error ?? change.error} />
        <RoleSelect
          code={code}
          label={t("members.role")}
          value={role}
          onChange={(value) => value && setRole(value)}
          data-autofocus
        />
        <DialogActions
          act={t("members.change_role")}
          busy={change.isPending}
          disabled={!opened.data || role === member.role_key}
          onAct={() => change.mutate()}
          onClose={onClose}
        />
      </Stack>
    </Dialog>
  );
}
