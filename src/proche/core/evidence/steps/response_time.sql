-- Seconds to the answer at the middle rank, and at the two ranks that hold the median 19 times
-- out of 20 (order statistics; Conover 1999). Whole seconds and ranks: no float is added.
SELECT
    account_id,
    max(answers) AS dated_answers,
    min(CASE WHEN rank = floor((answers + 1) / 2.0) THEN seconds END) AS middle_low,
    min(CASE WHEN rank = ceil((answers + 1) / 2.0) THEN seconds END) AS middle_high,
    min(CASE
        WHEN rank = greatest(1, floor(answers / 2.0 - 0.98 * sqrt(answers))) THEN seconds
    END) AS seconds_low,
    min(CASE
        WHEN rank = least(answers, ceil(answers / 2.0 + 0.98 * sqrt(answers)) + 1) THEN seconds
    END) AS seconds_high
FROM (
    SELECT
        account_id,
        date_diff('second', "at", answered_at) AS seconds,
        count(*) OVER (PARTITION BY account_id) AS answers,
        row_number() OVER (
            PARTITION BY account_id ORDER BY date_diff('second', "at", answered_at)
        ) AS rank
    FROM replies
    WHERE answered_at IS NOT NULL
) AS ranked
GROUP BY account_id
