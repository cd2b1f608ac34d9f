import { Select, type SelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { rolesQuery } from "@/api/roles";

/** Choice among a district's roles, by key. */
export function RoleSelect({ code, ...props }: { code: string } & Omit<SelectProps, "data">) {
  const roles = useQuery(rolesQuery(code));
  return (
    <Select
      disabled={roles.isPending}
      data={(roles.data ?? []).map((role) => ({ value: role.key, label: role.name }))}
      {...props}
    />
  );
}
