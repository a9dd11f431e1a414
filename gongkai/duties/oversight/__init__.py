"""监督保障. Security assessments, operator checks, training, appraisal."""
