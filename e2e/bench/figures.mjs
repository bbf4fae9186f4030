// How figures are summed up and told.

import { cpus } from "node:os";

/** The value that `share` of the others lie below. */
export function quantile(values, share) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (values) => quantile(values, 0.5);

export const round = (value, digits = 2) => Number(value.toFixed(digits));

/** What the figures were taken on, without naming it. */
export const machine = () => `${cpus().length} cores, ${cpus()[0].model.trim()}`;

/** Options given as `--name value`. */
export function options(defaults) {
	const given = process.argv.slice(2);
	const result = { ...defaults };
	for (let index = 0; index < given.length; index += 2) {
		const name = given[index].replace(/^--/, "");
		const value = Number(given[index + 1]);
		if (!(name in defaults) || !Number.isInteger(value) || value < 1) {
			const usage = Object.entries(defaults).map(([key, usual]) => `[--${key} ${usual}]`);
			console.error(`bad option ${given[index]} ${given[index + 1] ?? ""}; known are ${usage.join(" ")}`);
			process.exit(2);
		}
		result[name] = value;
	}
	return result;
}
