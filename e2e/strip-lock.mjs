// Takes the registry's addresses out of the lock file, so that `npm ci` asks whichever registry the machine
// is set up for; what it gets is still checked against the hashes. (npm's own option for it leaves out the
// versions of optional packages as well, and such a lock file is refused.)

import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) delete entry.resolved;
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
