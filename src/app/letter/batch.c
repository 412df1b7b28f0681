/* Letters to many: some people at a time, so that nobody waits for the writer. */
#include "app/letter/inside.h"

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/job/job.h"

struct sending {
	struct letter_batch batch;
	void (*make)(struct tx *tx, struct letter_batch *batch);
	bool (*mark)(struct tx *tx, const struct letter_batch *batch, person_id person);
};

static void
make_batch(struct tx *tx, void *arg)
{
	struct sending *s = arg;

	s->make(tx, &s->batch);
}

static void
queue_batch(struct tx *tx, void *arg)
{
	const struct sending *s = arg;

	for (size_t i = 0; i < s->batch.people.n; i++)
		if (s->mark(tx, &s->batch, s->batch.people.at[i].id) && s->batch.says[i])
			mail_queue(tx, s->batch.mail[i]);
}

void
letter_send(struct job_context *job, void (*make)(struct tx *tx, struct letter_batch *batch),
    bool (*mark)(struct tx *tx, const struct letter_batch *batch, person_id person))
{
	struct sending *s;

	do {
		arena_reset(job->arena);
		s = ARENA_NEW(job->arena, struct sending);
		s->make = make;
		s->mark = mark;
		if (!job_read(job, make_batch, s) || (s->batch.people.n && !job_write(job, queue_batch, s)))
			return;
	} while (s->batch.people.n == LETTERS_AT_ONCE && job_continues(job));
}
