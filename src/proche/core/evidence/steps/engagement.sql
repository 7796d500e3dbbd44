-- Sums for engagement_rate and comment_rate, and how many posts have words to read. A hidden
-- count is left out of its own sum only.
SELECT
    account_id,
    count(*) AS posts,
    count(likes + comments) AS engaged_posts,
    CAST(sum(likes + comments) AS DOUBLE) AS engaged_sum,
    CAST(sum((likes + comments) * (likes + comments)) AS DOUBLE) AS engaged_squares,
    count(comments) AS commented_posts,
    CAST(sum(comments) AS DOUBLE) AS comment_sum,
    CAST(sum(comments * comments) AS DOUBLE) AS comment_squares,
    count(likes) AS liked_posts,
    count(coalesce(text, hashtags)) AS texts
FROM timely_posts
GROUP BY account_id
