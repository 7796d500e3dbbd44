-- How many of the last 84 days the list of posts covers. A list known to be whole covers them
-- all; any other covers only the days since its oldest post, and at least one week.
SELECT
    a.account_id,
    CASE
        WHEN a.posts_total <= count(p.post_id) THEN 84
        ELSE least(84, greatest(7, max(p.age_days) + 1))
    END AS days
FROM accounts AS a
INNER JOIN timely_posts AS p ON p.account_id = a.account_id
GROUP BY a.account_id, a.posts_total
