struct tx;
