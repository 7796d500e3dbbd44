-- The region of each account as a number, so that millions of pairs compare fast.
SELECT account_id, dense_rank() OVER (ORDER BY lower(trim(region))) AS place
FROM accounts
WHERE region IS NOT NULL
