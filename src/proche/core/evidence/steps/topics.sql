-- Sums for the entropy of an account's hashtags, as whole millionths so that the order of
-- addition cannot change them. Shannon (1948); see docs/methods/topic_focus.md.
SELECT
    account_id,
    CAST(sum(uses) AS BIGINT) AS tag_uses,
    CAST(sum(CAST(round(uses * ln(uses) * 1000000) AS BIGINT)) AS DOUBLE) AS tag_logs,
    CAST(sum(CAST(round(uses * ln(uses) * ln(uses) * 1000000) AS BIGINT)) AS DOUBLE) AS tag_square_logs
FROM tags
GROUP BY account_id
