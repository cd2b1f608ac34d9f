import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Member } from "@/api/types";
import { ifMatch, versioned } from "@/api/versioned";
import { ConfirmDialog } from "@/ui/confirm-dialog";

interface Props {
  code: string;
  member: Member;
  onDone: (message: string) => void;
  onClose: () => void;
}

export function RemoveMemberDialog({ code, member, onDone, onClose }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const { name } = member;
  const remove = useMutation({
    mutationFn: async () => {
      const path = { code, member_id: member.id };
      // Removing means whatever role they have by now, so the newest version is the right one.
      const newest = versioned(
        await api.GET("/api/v1/districts/{code}/members/{member_id}", { params: { path } }),
      );
      await api.DELETE("/api/v1/districts/{code}/members/{member_id}", {
        params: { path, header: ifMatch(newest.etag) },
      });
    },
    onSuccess: () => onDone(t("members.removed", { name })),
  });
  return (
    <ConfirmDialog
      opened
      danger
      title={t("members.remove_title", { name })}
      confirm={t("members.remove")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {t("members.remove_body", { name })}
    </ConfirmDialog>
  );
}
