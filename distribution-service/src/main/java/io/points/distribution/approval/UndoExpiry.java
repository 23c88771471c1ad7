package io.points.distribution.approval;
