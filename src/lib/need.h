/* need(x): a fact the program cannot be right without. On in release; it never has side effects. */
#ifndef LIB_NEED_H
#define LIB_NEED_H

/* Ends the process after handing the place to the hook, which may note the route that was running.
 * A small parent starts the next process (see core/http/parent.c). */
_Noreturn void need_failed(const char *file, int line, const char *fact);

/* What need_failed calls before it aborts; NULL for nothing. Must be async-signal-safe in spirit:
 * no locks, no heap. */
extern void (*need_hook)(const char *file, int line, const char *fact);

#define need(fact) ((fact) ? (void)0 : need_failed(__FILE__, __LINE__, #fact))

#endif
