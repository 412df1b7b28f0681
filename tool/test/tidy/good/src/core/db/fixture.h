#include "test/test.h"

void tested_by_nobody(void);
