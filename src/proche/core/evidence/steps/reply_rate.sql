-- Comments received and answered.
SELECT
    account_id,
    count(*) AS received,
    count(answered_at) AS answered
FROM replies
GROUP BY account_id
