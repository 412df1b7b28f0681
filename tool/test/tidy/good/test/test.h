#define TEST(name) static void name(void)
