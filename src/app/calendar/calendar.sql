-- calendar_key_of(whose, subject INT) -> calendar_key?
SELECT * FROM calendar_key WHERE whose = :whose AND subject = :subject;

-- calendar_key_renew(whose, subject INT) -> changed
INSERT INTO calendar_key (whose, subject, number) VALUES (:whose, :subject, 2)
ON CONFLICT (whose, subject) DO UPDATE SET number = calendar_key.number + 1;
