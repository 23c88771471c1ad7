/** A part of the company, and what of the pool is its own to give from. */
export interface Department {
  department_id: string;
  name: string;
  parent_id: string | null;
  closed: boolean;
  balance: number;
  given_in_month: number;
  manager_ids: string[];
  /** The rules of the company that name it. Not of an older version of the service. */
  rules?: string[];
  revision: number;
}

export const DEPARTMENTS = "/api/departments";

/** A department, how deep it is in the tree, and what it holds with all its parts. */
export interface Placed {
  department: Department;
  depth: number;
  whole: number;
}

/** Each behind the one that it is part of, in the order in which they came. */
export function inTree(all: Department[]): Placed[] {
  const placed: Placed[] = [];
  const place = (parent: string | null, depth: number): number => {
    let sum = 0;
    for (const department of all.filter((it) => it.parent_id === parent)) {
      const one: Placed = { department, depth, whole: department.balance };
      placed.push(one);
      one.whole += place(department.department_id, depth + 1);
      sum += one.whole;
    }
    return sum;
  };
  place(null, 0);
  return placed;
}

/** As it is named among others: with dashes for how deep it is. */
export const nameInTree = ({ department, depth }: Placed): string => `${"– ".repeat(depth)}${department.name}`;
