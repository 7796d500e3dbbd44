-- Distinct actors of an account, and those towards whom the account acted too.
SELECT
    a.account_id,
    count(*) AS actors,
    count(back.actor_id) AS reciprocated
FROM accounts AS a
INNER JOIN contacts AS c ON c.recipient_id = a.account_id
LEFT JOIN contacts AS back
    ON back.actor_id = c.recipient_id AND back.recipient_id = c.actor_id
GROUP BY a.account_id
