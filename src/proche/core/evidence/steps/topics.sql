-- On how many posts an account names each topic; a null topic is a post that names none.
SELECT
    account_id,
    topic,
    CAST(sum(uses) AS BIGINT) AS uses
FROM topics_named
GROUP BY account_id, topic
