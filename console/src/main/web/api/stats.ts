// What has been done with a tenant's points, as allocation-service counts it.

export interface Stats {
  allocated_text: string;
  clawed_back_text: string;
  awarded_text: string;
  delegated_text: string;
  returned_text: string;
  in_flight_text: string;
  distributed_30d_text: string;
}
