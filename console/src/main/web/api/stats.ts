// What has been done with a tenant's points, as allocation-service counts it.

/** Points that can be used until the same day. */
export interface Expiring {
  expires_on: string;
  points_text: string;
}

export interface Stats {
  allocated_text: string;
  clawed_back_text: string;
  awarded_text: string;
  delegated_text: string;
  returned_text: string;
  in_flight_text: string;
  expired_text: string;
  expiring: Expiring[];
  distributed_30d_text: string;
}
