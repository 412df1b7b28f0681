int
main(void)
{
	puts("#include <time.h>");
	return 0;
}
