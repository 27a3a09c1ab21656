/** Labels that would lie on each other are moved apart, in order, as little as need be. */

/** @returns a place for each of `places`, neighbours at least `gap` apart, each group centred on where it wanted to be */
export function spread(places: readonly number[], gap: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
  // groups of touching labels: the mean place of the group is the mean of its members' wishes
  const groups: { members: number[]; centre: number }[] = [];
  for (const i of order) {
    let group = { members: [i], centre: places[i]! };
    for (let last = groups.at(-1); last && overlap(last, group, gap); last = groups.at(-1)) {
      groups.pop();
      const members = [...last.members, ...group.members];
      group = { members, centre: members.reduce((sum, m) => sum + places[m]!, 0) / members.length };
    }
    groups.push(group);
  }
  const spreaded = new Array<number>(places.length);
  for (const { members, centre } of groups)
    members.forEach((m, k) => (spreaded[m] = centre + (k - (members.length - 1) / 2) * gap));
  return spreaded;
}

const overlap = (
  below: { members: number[]; centre: number },
  above: { members: number[]; centre: number },
  gap: number,
): boolean => above.centre - below.centre < ((below.members.length + above.members.length) / 2) * gap - 1e-12;
