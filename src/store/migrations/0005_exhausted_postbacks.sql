-- Counted for the alarm that somebody has to resend or call: few rows among many delivered ones.
CREATE INDEX postbacks_exhausted ON postbacks (number) WHERE state = 3;
