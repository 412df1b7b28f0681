/* Out until a day: a deputy sees to what waits meanwhile. It ends by itself. */
#include "app/people/people.h"

#include "app/people/people.sql.h" /* generated */

struct person_out_list
people_stood_in_for(struct tx *tx, person_id deputy, struct date today)
{
	return people_out_for(tx, deputy, today);
}
