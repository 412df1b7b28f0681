#include "core/http/http.h"

void config(void);
