-- Distinct actors of an account, and those towards whom the account acted too.
SELECT
    c.recipient_id AS account_id,
    count(*) AS actors,
    count(back.actor_id) AS reciprocated
FROM contacts AS c
LEFT JOIN contacts AS back
    ON back.actor_id = c.recipient_id AND back.recipient_id = c.actor_id
GROUP BY c.recipient_id
