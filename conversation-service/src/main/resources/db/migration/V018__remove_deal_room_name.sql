-- Rooms that came with their deals had the deal's name stored, for everybody to read.
update conversation c set name = null, words = ''
from record_copy r
where c.type = 'deal_room' and c.created_by = 'system'
  and r.tenant = c.tenant and r.type = 'deal' and c.unique_key = 'deal_room/' || r.id
  and c.name = r.name;
