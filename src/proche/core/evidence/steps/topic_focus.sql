-- Sums for the entropy of an account's topics, as whole millionths so that the order of
-- addition cannot change them. Shannon (1948); see docs/methods/topic_focus.md.
SELECT
    account_id,
    CAST(coalesce(sum(CASE WHEN topic IS NULL THEN uses END), 0) AS BIGINT) AS posts_without_topic,
    CAST(sum(CASE WHEN topic IS NOT NULL THEN uses END) AS BIGINT) AS topic_uses,
    CAST(sum(CASE
        WHEN topic IS NOT NULL THEN CAST(round(uses * ln(uses) * 1000000) AS BIGINT)
    END) AS DOUBLE) AS topic_logs,
    CAST(sum(CASE
        WHEN topic IS NOT NULL THEN CAST(round(uses * ln(uses) * ln(uses) * 1000000) AS BIGINT)
    END) AS DOUBLE) AS topic_square_logs
FROM topics
GROUP BY account_id
