// All journeys, [name, async (world) => …] each, in the order in which they travel; the main ones, with "main" behind,
// on more kinds of device than the others.
import answer from "./answer_journeys.mjs";
import door from "./door_journeys.mjs";
import fileIn from "./import_journeys.mjs";
import letter from "./letter_journeys.mjs";
import plan from "./plan_journeys.mjs";
import partner from "./partner_journeys.mjs";
import signIn from "./sign_in_journeys.mjs";
import look from "./look_journeys.mjs";
import space from "./space_journeys.mjs";
import wall from "./wall_journeys.mjs";
import way from "./way_journeys.mjs";
import year from "./year_journeys.mjs";

export const journeys = [...answer, ...plan, ...signIn, ...look, ...way, ...door, ...space, ...partner, ...letter,
	...year, ...fileIn, ...wall];
